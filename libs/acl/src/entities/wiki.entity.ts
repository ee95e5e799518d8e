import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PaymentStatus, Plan, Visibility } from '../wiki-ref.js';

/** A wiki as something one may have rights on. Its custom slug is a row of `names`. */
@Entity('wikis')
export class WikiEntity {
  @PrimaryColumn({ type: 'uuid', default: () => 'gen_random_uuid()' })
  id: string;

  @Column({ type: 'uuid', name: 'owner_id' })
  ownerId: string;

  @Column({ type: 'text' })
  slug: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', nullable: true })
  purpose: string | null;

  @Column({ type: 'text', default: 'private' })
  visibility: Visibility;

  @Column({ type: 'text', default: 'free' })
  plan: Plan;

  @Column({ type: 'text', name: 'payment_status', default: 'free' })
  paymentStatus: PaymentStatus;

  @Column({ type: 'text', default: 'creating' })
  state: 'creating' | 'active' | 'deleted';

  @Column({ type: 'timestamptz', name: 'deleted_at', nullable: true })
  deletedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'last_accessed', nullable: true })
  lastAccessed: Date | null;
}
