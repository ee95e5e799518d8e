const paths = {
  index: 'M4 6h16M4 12h16M4 18h10',
  changes: 'M12 7v5l3 2M21 12a9 9 0 1 1-3-6.7L21 8m0-5v5h-5',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 5 5',
  tags: 'M3 12V4h8l10 10-8 8L3 12Zm5-4h.01',
  graph:
    'M6 8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm12 3a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-8 9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM8.5 6.6l7 1.8M7 8.3l2.2 7.3M16.3 10.9l-4.6 5.5',
  garden: 'M12 22V10m0 4c-4 0-7-2-7-7 5 0 7 3 7 7Zm0-4c0-4 2-7 7-7 0 5-3 7-7 7',
  plus: 'M12 5v14M5 12h14',
  edit: 'M4 20h4L19 9l-4-4L4 16v4Zm9-13 4 4',
  history: 'M12 8v4l3 2M3 12a9 9 0 1 0 3-6.7L3 8m0-5v5h5',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  page: 'M6 3h8l4 4v14H6V3Zm8 0v4h4',
  folder: 'M3 6h6l2 2h10v11H3V6Z',
  file: 'M21 12l-8.5 8.5a5 5 0 0 1-7-7L14 5a3.3 3.3 0 0 1 4.7 4.7L10 18.3a1.7 1.7 0 0 1-2.4-2.4L15 8.5',
} as const;

/** A small picture beside words; it says nothing of its own. */
export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class="site-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
