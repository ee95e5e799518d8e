import type { Texts } from '../texts/texts.js';
import { type Theme, themes } from './appearance.js';

/** The themes there are, one of them chosen. */
export function Themes({ texts, chosen }: { texts: Texts; chosen: Theme | null }) {
  return (
    <fieldset class="site-theme" data-themes>
      <legend class="site-hidden">{texts.finding.appearance}</legend>
      {themes.map((theme) => (
        <label>
          <input type="radio" name="theme" value={theme} checked={theme === chosen} />
          <span>{texts.finding.themes[theme]}</span>
        </label>
      ))}
    </fieldset>
  );
}
