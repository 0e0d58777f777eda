/** What an answer of AWS looks like: its paths with the type of each, or the error's code and status. */

/** How one side answered. */
export type Answered = { readonly shape: ReadonlyMap<string, string> } | { readonly code: string; readonly status: number };

/** Path → type of a decoded answer; elements of a list have one path, and what has no value has none. */
export function shapeOf(value: unknown, path = '', found = new Map<string, string>()): ReadonlyMap<string, string> {
  if (value === undefined || value === null) return found;
  if (Array.isArray(value)) {
    found.set(path, 'list');
    for (const element of value) shapeOf(element, `${path}[]`, found);
  } else if (typeof value === 'object' && !(value instanceof Date) && !(value instanceof Uint8Array)) {
    if (path !== '') found.set(path, 'structure');
    for (const [name, member] of Object.entries(value))
      if (name !== '$metadata') shapeOf(member, path === '' ? name : `${path}.${name}`, found);
  } else found.set(path, value instanceof Date ? 'date' : value instanceof Uint8Array ? 'bytes' : typeof value);
  return found;
}

/** Asks, and says how it was answered. Throws what is no answer of a service. */
export async function answered(asking: () => Promise<unknown>): Promise<Answered> {
  try {
    return { shape: shapeOf(await asking()) };
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    if ($metadata?.httpStatusCode === undefined) throw error;
    return { code: name, status: $metadata.httpStatusCode };
  }
}

/** Where ours differs from theirs: path → what of it, for paths that both have; `error` for how it failed. */
export function differences(ours: Answered, theirs: Answered): ReadonlyMap<string, string> {
  if ('shape' in ours && 'shape' in theirs)
    return new Map(
      [...theirs.shape].flatMap(([path, type]) => {
        const mine = ours.shape.get(path);
        return mine === undefined || mine === type ? [] : [[path, `expected ${type}, got ${mine}`] as const];
      }),
    );
  const [mine, its] = [ours, theirs].map((one) => ('shape' in one ? 'an answer' : `${one.code} (${one.status})`));
  return mine === its ? new Map() : new Map([['error', `expected ${its}, got ${mine}`]]);
}
