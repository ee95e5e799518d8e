/** The page where every session begins. */
export const homePath = 'Home';

/** The page that says how to work in a wiki. */
export const guidePath = 'Meta/Wiki Usage Guide';

/** The page to copy for a new one. */
export const templatePath = 'Meta/Page Template';
