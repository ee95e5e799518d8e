/** What is kept of a person beside the repositories. */
export interface UserFile {
  id: string;
  username: string;
  display_name: string;
  email: string | null;
  is_admin: boolean;
  created_at: string;
  identities: { issuer: string; subject: string }[];
}

/** What is kept of a wiki beside its repository. */
export interface WikiFile {
  id: string;
  owner: string;
  slug: string;
  custom_slug: string | null;
  name: string;
  purpose: string | null;
  visibility: string;
  plan: string;
  payment_status: string;
  state: string;
  deleted_at: string | null;
  created_at: string;
  grants: { username: string; role: string; granted_by: string | null; granted_at: string }[];
}
