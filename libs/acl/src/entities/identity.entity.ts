import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How a person is known to a provider: the issuer's own subject, never a broker's id. */
@Entity('identities')
export class IdentityEntity {
  @PrimaryColumn({ type: 'text' })
  issuer: string;

  @PrimaryColumn({ type: 'text' })
  subject: string;

  @Column({ type: 'uuid', name: 'user_id' })
  userId: string;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt: Date;
}
