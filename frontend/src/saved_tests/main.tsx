/** The form over a test call's JSON: the page works without it, by the text alone. */
import { createRoot } from "react-dom/client";
import { type Drawing, read } from "./document";
import { Editor } from "./Editor";

export function mount(form: HTMLFormElement): void {
  const host = form.querySelector<HTMLElement>("[data-editor]");
  const text = form.querySelector<HTMLTextAreaElement>("textarea[name=document]");
  const data = document.getElementById("test-data")?.textContent;
  if (!host || !text || !data || !read(text.value)) return; // The text must be mended first.
  const drawing = JSON.parse(data) as Drawing;
  createRoot(host).render(<Editor drawing={drawing} text={text} mayEdit={!text.readOnly} />);
}
