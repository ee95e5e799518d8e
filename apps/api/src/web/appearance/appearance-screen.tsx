import { type Frame, WikiFrame } from '../layout/wiki-frame.js';
import type { Theme } from './appearance.js';
import { Themes } from './themes.js';
import { FormToken } from '../layout/form-token.js';

interface AppearanceScreenProps extends Omit<Frame, 'title' | 'path'> {
  formToken: string;
  theme: Theme;
  /** Where to go on afterwards. */
  next: string;
}

/** Where one chooses between light and dark. */
export function AppearanceScreen({ formToken, theme, next, ...frame }: AppearanceScreenProps) {
  const { base, texts, wiki } = frame;
  return (
    <WikiFrame {...frame} title={`${texts.finding.appearance} · ${wiki.name}`} canonical={null}>
      <article class="site-page">
        <h1>{texts.finding.appearance}</h1>
        <form method="post" action={`${base}/-/appearance`}>
          <FormToken token={formToken} />
          <input type="hidden" name="next" value={next} />
          <Themes texts={texts} chosen={theme} />
          <button class="site-button site-primary" type="submit">
            {texts.save}
          </button>
        </form>
      </article>
    </WikiFrame>
  );
}
