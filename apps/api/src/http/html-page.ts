/** A page of ours as an answer; the interceptor sends its text. */
export class HtmlPage {
  constructor(readonly text: string) {}
}
