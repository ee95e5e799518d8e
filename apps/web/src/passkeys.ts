// Passkeys on the pages where one signs in, and where passkeys are looked after. Their forms are hidden until this runs.
import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { fieldOf } from './form-field.js';

/** What the browser offers by itself is asked for anew before the server takes its answer no more. */
const offeredMs = 9 * 60_000;

const form = document.querySelector<HTMLFormElement>('form[data-passkey]');
if (form !== null && browserSupportsWebAuthn() && location.origin === form.dataset.origin) use(form);

function use(form: HTMLFormElement): void {
  form.hidden = false;
  document.querySelector('[data-without-passkeys]')?.remove();
  const isSignIn = form.dataset.passkey === 'sign-in';
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(form, isSignIn ? signedChallenge : newPasskey);
  });
  if (isSignIn && document.querySelector('input[autocomplete$="webauthn"]') !== null) void offer(form);
}

/** Sends the form with what the authenticator answered, or says that there was no answer. */
async function send(form: HTMLFormElement, ask: (form: HTMLFormElement) => Promise<object>): Promise<void> {
  const button = form.querySelector('button');
  const fault = form.querySelector<HTMLElement>('[data-fault]');
  if (button !== null) button.disabled = true;
  if (fault !== null) fault.hidden = true;
  try {
    submit(form, await ask(form));
  } catch {
    if (fault !== null) {
      fault.textContent = form.dataset.failed ?? '';
      fault.hidden = false;
    }
    if (button !== null) button.disabled = false;
  }
}

/** Offers passkeys where names are filled in, without a button, where the browser can. */
async function offer(form: HTMLFormElement): Promise<void> {
  if (!(await browserSupportsWebAuthnAutofill())) return;
  const again = setTimeout(() => void offer(form), offeredMs);
  try {
    const optionsJSON = await optionsOf<PublicKeyCredentialRequestOptionsJSON>(form);
    submit(form, await startAuthentication({ optionsJSON, useBrowserAutofill: true }));
  } catch (error) {
    // It ends when the button is pressed, or when it is offered anew.
    if (!(error instanceof Error) || error.name !== 'AbortError') clearTimeout(again);
  }
}

async function signedChallenge(form: HTMLFormElement): Promise<object> {
  return startAuthentication({ optionsJSON: await optionsOf<PublicKeyCredentialRequestOptionsJSON>(form) });
}

async function newPasskey(form: HTMLFormElement): Promise<object> {
  return startRegistration({ optionsJSON: await optionsOf<PublicKeyCredentialCreationOptionsJSON>(form) });
}

function submit(form: HTMLFormElement, answer: object): void {
  const field = form.elements.namedItem('answer');
  if (field instanceof HTMLInputElement) field.value = JSON.stringify(answer);
  form.submit();
}

async function optionsOf<T>(form: HTMLFormElement): Promise<T> {
  const token = fieldOf(form, 'form_token');
  const answer = await fetch(form.dataset.options ?? '', { method: 'POST', headers: { 'x-form-token': token } });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  return (await answer.json()) as T;
}
