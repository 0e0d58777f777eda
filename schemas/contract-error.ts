/** What was given as a schema is none: the message says what, where and what was expected. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  /** URL or file. */
  readonly source: string;

  constructor(source: string, message: string, options?: { cause?: unknown }) {
    super(`${source}: ${message}`, options);
    this.source = source;
  }
}
