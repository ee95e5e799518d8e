import { Injectable } from '@nestjs/common';
import { type DoorRequest, originalUrl } from '../http/door-request.js';
import type { Problem } from '../http/problems.js';
import { problems } from '../http/problems.js';
import { marksOf } from './appearance/appearance.js';
import { ErrorScreen } from './error-screen.js';
import { htmlAnswer } from './html.js';
import { authPaths } from './security/auth-paths.js';
import { textsFor } from './texts/texts.js';
import { WebAssets } from './web-assets.js';

/** Refusals as pages. */
@Injectable()
export class ErrorPages {
  constructor(private readonly assets: WebAssets) {}

  /**
   * What a browser is told: that one would have to sign in is no answer of its own there, since private and missing are
   * to look alike. The page that says so leads to where one signs in.
   */
  told(problem: Problem): Problem {
    return problem.status === 401 ? { ...problem, ...problems['not-found'], code: 'not-found' } : problem;
  }

  page(problem: Problem, request: DoorRequest): Buffer {
    const isSignedIn = request.actor !== undefined && request.actor.kind !== 'nobody';
    const next = originalUrl(request);
    const page = ErrorScreen({
      ...{ problem, assets: this.assets, request: request.id },
      texts: textsFor(request.headers['accept-language']),
      signIn: isSignedIn ? null : authPaths(request).signIn(next),
    });
    return htmlAnswer(page).marked(marksOf(request)).bytes;
  }
}
