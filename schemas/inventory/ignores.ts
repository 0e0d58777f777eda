/** What a git tree leaves out: the patterns of its .gitignore files. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

interface Rule {
  readonly pattern: RegExp;
  readonly keeps: boolean;
  readonly foldersOnly: boolean;
}

/** The ignored files below a folder; none when it is in no git tree. */
export class Ignores {
  readonly #root: string | null;
  readonly #rules = new Map<string, readonly Rule[]>();

  constructor(from: string) {
    this.#root = rootOf(from);
  }

  /** Whether git leaves out a file or folder; what is below a folder that it leaves out is not asked. */
  ignores(path: string, folder: boolean): boolean {
    if (this.#root === null) return false;
    let ignored = false;
    for (const at of this.#foldersTo(dirname(path))) {
      const name = relative(at, path).split(sep).join('/');
      for (const rule of this.#rulesIn(at)) if ((!rule.foldersOnly || folder) && rule.pattern.test(name)) ignored = !rule.keeps;
    }
    return ignored;
  }

  /** From the root of the tree down to a folder. */
  #foldersTo(folder: string): readonly string[] {
    const root = this.#root ?? folder;
    const parts = relative(root, folder)
      .split(sep)
      .filter((part) => part !== '');
    if (parts[0] === '..') return [];
    return [root, ...parts.map((_, index) => join(root, ...parts.slice(0, index + 1)))];
  }

  #rulesIn(folder: string): readonly Rule[] {
    let rules = this.#rules.get(folder);
    if (rules === undefined) {
      const file = join(folder, '.gitignore');
      rules = existsSync(file) ? readRules(readFileSync(file, 'utf8')) : [];
      this.#rules.set(folder, rules);
    }
    return rules;
  }
}

function rootOf(from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return null;
  }
}

function readRules(text: string): readonly Rule[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const plain = line.replace(/(?<!\\)\s+$/, '');
    if (plain === '' || plain.startsWith('#')) return [];
    const keeps = plain.startsWith('!');
    const foldersOnly = plain.endsWith('/');
    const body = plain.replace(/^!/, '').replace(/\/$/, '');
    const anchored = body.includes('/');
    const pattern = body
      .replace(/^\//, '')
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replace(/\*\*\/|\/\*\*|\*|\?/g, (star) => (star === '**/' ? '(?:.*/)?' : star === '/**' ? '/.*' : star === '*' ? '[^/]*' : '[^/]'));
    try {
      return [{ pattern: new RegExp(`^${anchored ? '' : '(?:.*/)?'}${pattern}$`), keeps, foldersOnly }];
    } catch {
      return [];
    }
  });
}
