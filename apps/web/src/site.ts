// The small script that every page has. All of it is comfort: without it the pages work as well.
import { offerMenu, switchAppearance } from './appearance.js';
import { addCopyButtons } from './copy-code.js';
import { followContents } from './contents.js';
import { offerPalette } from './finding/opening.js';
import { forgetVisitsOnSignOut, rememberVisit } from './finding/visits.js';
import { showCurrentPage } from './manual.js';
import { closeWhereNarrow } from './menu.js';
import { listenForKeys } from './keys.js';
import { reachScrollers } from './scrollers.js';

closeWhereNarrow();
showCurrentPage();
reachScrollers();
switchAppearance();
offerMenu();
offerPalette();
addCopyButtons();
followContents();
listenForKeys();
rememberVisit();
forgetVisitsOnSignOut();
// What draws diagrams is loaded where there are some.
if (document.querySelector('.wb-diagram') !== null) {
  void import('./diagrams.js').then(({ drawDiagrams }) => drawDiagrams(document));
}
