/** What a page asks of the frame that draws diagrams. */
export interface WantedDiagram {
  id: number;
  text: string;
  isDark: boolean;
}

/** What the frame answers: a picture, or why there is none. */
export type DrawnDiagram = { id: number; svg: string; width: number; height: number } | { id: number; problem: string };
