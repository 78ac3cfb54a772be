/** The one store of the builder. The wire graph is the truth; what the canvas draws is derived. */
import { create } from "zustand";
import { type CountsSlice, createCountsSlice } from "./counts_slice";
import { createFlowSlice, type FlowSlice } from "./flow_slice";
import { createFormSlice, type FormSlice } from "./form_slice";
import { createGraphSlice, type GraphSlice } from "./graph_slice";
import { createNoticeSlice, type NoticeSlice } from "./notice_slice";
import { createSaveSlice, type SaveSlice } from "./save_slice";
import { createSelectionSlice, type SelectionSlice } from "./selection_slice";
import { createSimulationSlice, type SimulationSlice } from "./simulation_slice";

export type Builder = FlowSlice &
  GraphSlice &
  SelectionSlice &
  FormSlice &
  SaveSlice &
  SimulationSlice &
  NoticeSlice &
  CountsSlice;

export type SetBuilder = (
  change: Partial<Builder> | ((state: Builder) => Partial<Builder>),
) => void;
export type GetBuilder = () => Builder;

export const useBuilder = create<Builder>()((set, get) => ({
  ...createFlowSlice(set, get),
  ...createGraphSlice(set, get),
  ...createSelectionSlice(set, get),
  ...createFormSlice(set, get),
  ...createSaveSlice(set, get),
  ...createSimulationSlice(set, get),
  ...createNoticeSlice(set, get),
  ...createCountsSlice(set, get),
}));

/** For event handlers, which need the state of the moment and no re-render. */
export const builder = (): Builder => useBuilder.getState();
