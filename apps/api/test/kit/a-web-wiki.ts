import { aWiki } from './a-wiki.js';
import { startApp } from './app.js';
import { WebClient } from './web-client.js';

const password = 'correct horse battery';

/** A public wiki `@alice/garden`, and two browsers without script: that of alice, who is signed in, and a stranger's. */
export async function aWebWiki() {
  const app = await startApp();
  const wiki = await aWiki(app, 'alice', 'garden', { visibility: 'public' });
  await app.rooms.people.setPassword('alice', password);
  const [alice, stranger] = [new WebClient(app.url), new WebClient(app.url)];
  await alice.submit(await alice.open('/auth/sign-in'), '/auth/sign-in', { login: 'alice', password });
  /** Somebody else's browser, signed in. */
  const signIn = async (login: string) => {
    await app.addUser(login);
    await app.rooms.people.setPassword(login, password);
    const client = new WebClient(app.url);
    await client.submit(await client.open('/auth/sign-in'), '/auth/sign-in', { login, password });
    return client;
  };
  return { app, wiki, alice, stranger, signIn };
}
