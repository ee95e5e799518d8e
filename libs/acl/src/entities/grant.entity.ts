import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A role someone other than the owner has on a wiki. */
@Entity('grants')
export class GrantEntity {
  @PrimaryColumn({ type: 'uuid', name: 'wiki_id' })
  wikiId: string;

  @PrimaryColumn({ type: 'uuid', name: 'user_id' })
  userId: string;

  @Column({ type: 'text' })
  role: 'editor' | 'viewer';

  @Column({ type: 'uuid', name: 'granted_by', nullable: true })
  grantedBy: string | null;

  @Column({ type: 'timestamptz', name: 'granted_at', default: () => 'now()' })
  grantedAt: Date;
}
