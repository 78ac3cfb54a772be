/**
 * The door of the builder. Nothing imports it: production gives it a second name with another hash, and a
 * part that is loaded later must not start the program again under that name.
 */
import "@xyflow/react/dist/base.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/fields.css";
import "./styles/overlays.css";
import "./styles/shell.css";
import "./styles/canvas.css";
import "./styles/card.css";
import "./styles/panel.css";
import "./styles/message.css";
import "./styles/simulator.css";
import "./styles/narrow.css";

void import("./start");
