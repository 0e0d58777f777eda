/** What a backend's folder exports: how to open it, what it supports, what it is. */
import type { BackendName, ClientSettings, Session, SupportTable } from './quilt-ops.ts';
import type { Door } from './wire/door.ts';

export interface Backend {
  readonly name: BackendName;
  /** Product and version behind it: `ours`, `quilt3@8.0.0`. */
  readonly subject: string;
  readonly supports: SupportTable;
  /** Opens a client; makes no request beyond what its real counterpart makes at start. */
  open(settings: ClientSettings, door: Door): Promise<Session>;
  /** Ends what all its clients share (a child process); absent where they share nothing. */
  close?(): Promise<void>;
}
