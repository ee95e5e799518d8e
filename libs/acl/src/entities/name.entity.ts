import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A username or a custom slug, in the one namespace both share. A released name is kept from others for a year. */
@Entity('names')
export class NameEntity {
  @PrimaryColumn({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  kind: 'user' | 'wiki';

  /** Whose name it is or was. Not a foreign key, because a tombstone outlives the account. */
  @Column({ type: 'uuid', name: 'user_id' })
  userId: string;

  @Column({ type: 'uuid', name: 'wiki_id', nullable: true })
  wikiId: string | null;

  @Column({ type: 'timestamptz', name: 'released_at', nullable: true })
  releasedAt: Date | null;
}
