import type { Asking } from '@lib/acl';
import { textsFor } from '../web/texts/texts.js';
import type { DoorRequest } from './door-request.js';

/** Where a request came from, and in which language the mails that it asks for are written. */
export const askingOf = ({ ip, headers }: DoorRequest): Asking => ({
  address: ip,
  language: textsFor(headers['accept-language']).language,
});
