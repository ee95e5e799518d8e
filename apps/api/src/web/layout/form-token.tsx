/** What every form of ours carries besides what is typed: the proof that it came from a page of ours. */
export const FormToken = ({ token }: { token: string | null }) => (
  <input type="hidden" name="form_token" value={token ?? ''} />
);
