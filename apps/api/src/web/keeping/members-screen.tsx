import type { MemberRow, OpenInvitation } from '@lib/acl';
import { Fault } from '../layout/fault.js';
import { type Managed, ManageFrame, managePath } from '../layout/manage-frame.js';
import { dayOf } from '../texts/texts.js';
import { Invitations, LetIn, type MadeLink, type Typed } from './invitation-parts.js';
import { Done, OneButton } from './parts.js';

/** What one may do on the page of members. */
interface MayOnMembers {
  manage: boolean;
  publish: boolean;
  leave: boolean;
}

export interface MembersScreenProps extends Managed {
  members: readonly MemberRow[];
  /** Empty for whoever may not manage them. */
  invitations: readonly OpenInvitation[];
  may: MayOnMembers;
  done: string | undefined;
  /** A link that was made just now. */
  made?: MadeLink;
  fault?: string | null;
  /** What was typed into the form, and why it did not do. */
  typed?: Typed;
}

/** Who has which role on a wiki, who is invited, and who may read it. */
export function MembersScreen(props: MembersScreenProps) {
  const { members, invitations, may, done, made, fault = null, typed, ...managed } = props;
  const { texts, ownFormToken } = managed;
  const formToken = may.manage ? ownFormToken : null;
  return (
    <ManageFrame {...managed} part="members">
      <Done text={done} />
      <Fault text={fault} />
      {formToken !== null && <LetIn {...{ managed, formToken, made, typed }} />}
      <section class="site-part" aria-labelledby="site-who">
        <h2 id="site-who">{texts.keeping.members.who}</h2>
        <ul class="site-entries">
          {members.map((member) => (
            <Member {...{ managed, member, formToken }} mayLeave={may.leave} />
          ))}
        </ul>
      </section>
      {formToken !== null && <Invitations {...{ managed, formToken, invitations }} />}
      <Visibility managed={managed} mayPublish={may.publish} />
    </ManageFrame>
  );
}

interface MemberProps {
  managed: Managed;
  member: MemberRow;
  /** Null for whoever may not manage them. */
  formToken: string | null;
  mayLeave: boolean;
}

function Member({ managed, member, formToken, mayLeave }: MemberProps) {
  const { texts, actor } = managed;
  const said = texts.keeping.members;
  const { username, displayName, role, grantedAt, grantedBy } = member;
  const isOwn = actor.username === username;
  return (
    <li>
      <div class="site-entry">
        <div>
          <strong dir="auto">{displayName}</strong> <span class="site-soft">@{username}</span>{' '}
          <span class="site-badge">{said.role(role)}</span> {isOwn && <span class="site-soft">({said.you})</span>}
          {grantedAt !== null && <p class="site-hint">{said.since(dayOf(grantedAt, texts), grantedBy)}</p>}
        </div>
        {role !== 'owner' && formToken !== null && <Ways {...{ managed, member, formToken }} />}
        {isOwn && mayLeave && (
          <a class="site-button" href={`${managePath(managed.wiki, 'members')}/leave`} aria-label={said.leaveThis}>
            {said.leave}
          </a>
        )}
      </div>
    </li>
  );
}

/** What the owner does with a member. */
function Ways({ managed, member, formToken }: Omit<MemberProps, 'mayLeave'> & { formToken: string }) {
  const { members: said } = managed.texts.keeping;
  const { username } = member;
  const base = managePath(managed.wiki, 'members');
  const other = member.role === 'editor' ? 'viewer' : 'editor';
  return (
    <div class="site-acts">
      <OneButton
        {...{ action: `${base}/role`, formToken, fields: { username, role: other } }}
        {...{ text: said.make(other), label: said.makeWhom(username, other) }}
      />
      <a class="site-button" href={`${base}/remove/${username}`} aria-label={said.removeWhom(username)}>
        {said.remove}
      </a>
    </div>
  );
}

function Visibility({ managed, mayPublish }: { managed: Managed; mayPublish: boolean }) {
  const { wiki, texts, ownFormToken } = managed;
  const { visibility: said } = texts.keeping.members;
  const base = managePath(wiki, 'members');
  const isPublic = wiki.visibility === 'public';
  return (
    <section class="site-part" aria-labelledby="site-visibility">
      <h2 id="site-visibility">{said.title}</h2>
      <p>{isPublic ? said.public : said.private}</p>
      {mayPublish && !isPublic && (
        <p>
          <a class="site-button" href={`${base}/publish`}>
            {said.toPublic}
          </a>
        </p>
      )}
      {mayPublish && isPublic && ownFormToken !== null && (
        <>
          <OneButton
            {...{ action: `${base}/visibility`, formToken: ownFormToken, fields: { visibility: 'private' } }}
            {...{ text: said.toPrivate, label: said.toPrivate }}
          />
          <p class="site-hint">{said.toPrivateHint}</p>
        </>
      )}
    </section>
  );
}
