import { type Managed, ManageFrame, type ManagePart, managePath } from '../layout/manage-frame.js';
import { PostForm } from './parts.js';

interface QuestionScreenProps extends Managed {
  part: ManagePart;
  title: string;
  lines: readonly string[];
  /** What it comes to, one by one, below the first line. */
  list?: readonly string[];
  action: string;
  fields: Record<string, string>;
  button: string;
  /** It takes something away. */
  isDanger: boolean;
}

/** Asks once more before something that cannot simply be undone. */
export function QuestionScreen(props: QuestionScreenProps) {
  const { part, title, lines, list = [], action, fields, button, isDanger, ...managed } = props;
  const { texts, ownFormToken, wiki } = managed;
  const [first, ...rest] = lines;
  return (
    <ManageFrame {...managed} part={part}>
      <h2>{title}</h2>
      <p>{first}</p>
      {list.length > 0 && (
        <ul>
          {list.map((text) => (
            <li>{text}</li>
          ))}
        </ul>
      )}
      {rest.map((text) => (
        <p>{text}</p>
      ))}
      {ownFormToken !== null && (
        <PostForm action={action} formToken={ownFormToken}>
          {Object.entries(fields).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <p class="site-acts">
            <button class={`site-button ${isDanger ? 'site-danger' : 'site-primary'}`} type="submit">
              {button}
            </button>
            <a class="site-button" href={managePath(wiki, part)}>
              {texts.keeping.cancel}
            </a>
          </p>
        </PostForm>
      )}
    </ManageFrame>
  );
}
