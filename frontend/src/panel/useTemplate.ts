import { readTemplate, type Template } from "../api/dlt";
import { type Remote, useRemote } from "./useRemote";

/** Shorter ids are not the operators'. */
const SHORTEST_ID = 12;

/** The registered template of an ID; null when it is unknown, or not an ID yet. */
export const useTemplate = (templateId: string): Remote<Template | null> =>
  useRemote(templateId, (id) => (isTemplateId(id) ? readTemplate(id) : Promise.resolve(null)));

export const isTemplateId = (text: string) =>
  text.length >= SHORTEST_ID && /^\d+$/.test(text) && text.length <= 20;
