/** The origins that the checks of a resource may speak to: those of the URLs that the target file names for it, and nothing else. */
import { imageOrigins, parseImage } from '../../backends/wire/image-reference.ts';
import type { Resource, ResourceKind } from '../../fixtures/target.ts';

/** Origins of every URL in the resource; for a stack, those of the outputs that are to answer. */
export async function originsOfResource(
  kind: ResourceKind,
  label: string,
  resource: Resource<ResourceKind>,
  outputsOf: (label: string) => Promise<Readonly<Record<string, string>>>,
): Promise<readonly string[]> {
  const texts = [...textsIn(resource)];
  if (kind === 'stacks') {
    const { outputs } = resource as Resource<'stacks'>;
    const asked = Object.entries(outputs).flatMap(([name, { answers }]) => (answers === undefined ? [] : [name]));
    if (asked.length > 0) {
      const values = await outputsOf(label);
      texts.push(...asked.map((name) => values[name] ?? ''));
    }
  }
  return [...new Set([...texts.flatMap(originOf), ...imagesIn(kind, resource).flatMap(originsOfImage)])];
}

/** Names of images that the target file says; a service's task definition may name others, whose registries are not spoken to. */
function imagesIn(kind: ResourceKind, resource: Resource<ResourceKind>): readonly string[] {
  if (kind === 'images') return [(resource as Resource<'images'>).uri];
  return kind === 'services' ? [(resource as Resource<'services'>).image ?? ''] : [];
}

function originsOfImage(text: string): readonly string[] {
  const image = parseImage(text);
  return image === null ? [] : imageOrigins(image);
}

function originOf(text: string): readonly string[] {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) ? [url.origin] : [];
}

/** Every text in a value, at whatever depth. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* textsIn(inner);
}
