import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Verb } from '../actor.js';

/** A token: what it may do, and the hash by which it is found. */
@Entity('tokens')
export class TokenEntity {
  @PrimaryColumn({ type: 'uuid', default: () => 'gen_random_uuid()' })
  id: string;

  @Column({ type: 'uuid', name: 'user_id' })
  userId: string;

  @Column({ type: 'text' })
  kind: 'personal' | 'wiki';

  /** The wiki whose own token this is; null for personal ones. */
  @Column({ type: 'uuid', name: 'wiki_id', nullable: true })
  wikiId: string | null;

  @Column({ type: 'text', select: false })
  sha256: string;

  @Column({ type: 'text' })
  prefix: string;

  @Column({ type: 'text' })
  label: string;

  @Column({ type: 'text', array: true })
  verbs: Verb[];

  @Column({ type: 'uuid', array: true, nullable: true })
  wikis: string[] | null;

  @Column({ type: 'text', array: true, nullable: true })
  paths: string[] | null;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  @Column({ type: 'timestamptz', name: 'last_used', nullable: true })
  lastUsed: Date | null;

  @Column({ type: 'timestamptz', name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
}
