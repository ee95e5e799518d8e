import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: '', title: 'wikibot console', loadComponent: () => import('./overview/overview').then((m) => m.Overview) },
  {
    path: '**',
    title: 'Not found · wikibot console',
    loadComponent: () => import('./shell/not-found').then((m) => m.NotFound),
  },
];
