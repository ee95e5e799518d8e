import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
  ALTER TABLE invitations ADD COLUMN email text;
  CREATE TABLE invitation_links (
    sha256 text PRIMARY KEY,
    invitation_id uuid NOT NULL REFERENCES invitations (id) ON DELETE CASCADE
  );
  CREATE INDEX invitation_links_invitation ON invitation_links (invitation_id);
  ALTER TABLE mails ADD COLUMN invitation_id uuid REFERENCES invitations (id) ON DELETE CASCADE;`;

/** Whom an invitation is sent to, and the links in mails, which are others than the one that was shown. */
export class InvitationsByMail1764540000000 implements MigrationInterface {
  name = 'InvitationsByMail1764540000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE mails DROP COLUMN invitation_id;
      DROP TABLE invitation_links;
      ALTER TABLE invitations DROP COLUMN email`);
  }
}
