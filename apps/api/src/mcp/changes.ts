import type { ChangeInfo } from '@lib/wiki';
import { z } from 'zod';
import { optionalText } from './fields.js';

/** A change as data. */
export const change = z.object({
  revision: z.string(),
  author: z.string(),
  agent: optionalText,
  pushed_by: optionalText,
  door: optionalText,
  date: z.string(),
  message: z.string(),
});

export const changeData = ({
  revision,
  author,
  agent,
  pushedBy,
  door,
  date,
  message,
}: ChangeInfo): z.infer<typeof change> => ({
  revision,
  author: author.name,
  agent,
  pushed_by: pushedBy,
  door,
  date: date.toISOString(),
  message,
});
