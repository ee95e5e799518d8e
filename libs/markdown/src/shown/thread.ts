import type { PageText, Showing, ShownPage } from '../page-text.js';
import { showPage } from './show-page.js';

interface Task {
  page: PageText;
  showing: Showing;
  /** Shared with whoever asked: becomes 1 when the work begins. */
  begun: Int32Array;
}

/** What the threads of `Renderer` do. */
export default ({ page, showing, begun }: Task): ShownPage => {
  Atomics.store(begun, 0, 1);
  return showPage(page, showing);
};
