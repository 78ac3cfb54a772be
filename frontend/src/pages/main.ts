// Behaviour of the server pages: everything works without it but live search, dialogs and copying.
import htmx from "htmx.org";
import { watchApprovals } from "./approvals/desk";
import { watchWaiting } from "./approvals/waiting";
import { watchBulkForms } from "./bulk";
import { watchCopyButtons } from "./copy";
import { prepareRequests } from "./csrf";
import { watchDialogs } from "./dialogs";
import { watchForms } from "./forms";
import { watchImports } from "./imports";
import { watchMatchBoxes } from "./match";
import { watchMenus } from "./menus";
import { watchNotices } from "./notices";
import { showCurrentTab } from "./tabs";
import { watchThemeChoice } from "./theme";
import { keepTimesCurrent } from "./times";
import { watchToasts } from "./toasts";
import { watchTryBoxes } from "./try_text";

// The page's policy allows neither eval nor styles that a script writes.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;

prepareRequests();
watchDialogs();
watchMenus();
watchForms();
watchImports();
watchToasts();
watchCopyButtons();
watchBulkForms();
watchThemeChoice();
showCurrentTab();
watchTryBoxes();
watchMatchBoxes();
watchApprovals();
watchNotices();
watchWaiting();
keepTimesCurrent();

// The form of a test call is drawn by a part of its own: no other page needs it.
const testForm = document.querySelector<HTMLFormElement>("form[data-flow-test]");
if (testForm) void import("../saved_tests/main").then(({ mount }) => mount(testForm));
