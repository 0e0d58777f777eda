/** Whether two names are of the same image, whatever tag and digest they have; what is no name of an image is like no other. */
import { parseImage } from '../../backends/wire/image-reference.ts';

/** The same repository of the same registry. */
export function isSameRepository(one: string, other: string): boolean {
  const [a, b] = [parseImage(one), parseImage(other)];
  return a !== null && b !== null && a.host === b.host && a.repository === b.repository;
}

/** The same last part of the repository, since a mirror or an archive has another registry, or none. */
export function isSameName(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => parseImage(text)?.repository.split('/').at(-1));
  return a !== undefined && a === b;
}
