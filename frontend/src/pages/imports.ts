// The place to drop a file: shows its name, and says at once when it is too large.

function megabytes(size: number): string {
  return size < 1024 * 1024
    ? `${Math.max(1, Math.round(size / 1024))} KB`
    : `${(size / 1024 / 1024).toFixed(1)} MB`;
}

function show(box: HTMLElement, file: File | undefined): void {
  const name = box.querySelector<HTMLElement>("[data-drop-name]");
  const note = box.querySelector<HTMLElement>("[data-drop-note]");
  if (!file || !name || !note) return;
  const most = Number(box.dataset.most);
  const tooLarge = file.size > most;
  box.classList.toggle("bad", tooLarge);
  name.textContent = file.name;
  note.textContent = tooLarge
    ? `${megabytes(file.size)}: more than ${megabytes(most)}. Split the file and import the parts.`
    : `${megabytes(file.size)}. Choose or drop another one to replace it.`;
}

function watch(box: HTMLElement): void {
  const input = box.querySelector<HTMLInputElement>("input[type=file]");
  if (!input) return;
  input.addEventListener("change", () => show(box, input.files?.[0]));
  for (const kind of ["dragenter", "dragover"]) {
    box.addEventListener(kind, (event) => {
      event.preventDefault();
      box.classList.add("over");
    });
  }
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    box.classList.remove("over");
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    input.files = files;
    show(box, files[0]);
  });
  box.closest("form")?.addEventListener("submit", (event) => {
    const file = input.files?.[0];
    if (file && file.size > Number(box.dataset.most)) {
      event.preventDefault();
      box.scrollIntoView({ block: "center" });
    }
  });
}

export function watchImports(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-drop]")) watch(box);
}
