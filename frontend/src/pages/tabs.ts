// A row of tabs that is wider than the screen scrolls; the tab one is on must be in sight.
export function showCurrentTab(): void {
  for (const row of document.querySelectorAll<HTMLElement>("nav.tabs")) {
    const tab = row.querySelector<HTMLElement>("[aria-current]");
    // Not scrollIntoView: that would move the page as well.
    if (tab) row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.clientWidth) / 2;
  }
}
