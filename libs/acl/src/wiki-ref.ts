/** The uuid of a person. */
export type UserId = string;

/** The uuid of a wiki, which is also the name of its folder. */
export type WikiId = string;

/** Whether anyone may read a wiki, or only those with a role on it. */
export type Visibility = 'private' | 'public';

/** What a wiki was bought as. */
export type Plan = 'free' | 'premium';

/** How its payments stand; `lapsed` is read-only. */
export type PaymentStatus = 'free' | 'active' | 'lapsed';

/** What a wiki may hold and use; null is no limit. */
export interface WikiLimits {
  pages: number | null;
  attachmentBytes: number | null;
  collaborators: number | null;
  push: boolean;
  customSlug: boolean;
  pageBytes: number;
  fileBytes: number;
}

/** A wiki as everyone outside this room sees it. */
export interface WikiRef {
  id: WikiId;
  owner: { id: UserId; username: string };
  slug: string;
  customSlug: string | null;
  name: string;
  purpose: string | null;
  visibility: Visibility;
  plan: Plan;
  paymentStatus: PaymentStatus;
  limits: WikiLimits;
  createdAt: Date;
}

/** The three ways to say which wiki is meant. */
export type WikiAddress = { owner: string; slug: string } | { customSlug: string } | { id: WikiId };
