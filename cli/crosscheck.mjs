#!/usr/bin/env node
/**
 * The program that `npx crosscheck` starts. No TypeScript: Node loads its compiler for types (30 ms) for a file that comes before the compile
 * cache is on, and for none that is in it.
 */
import './lean-node.mjs';

await import('./main.ts');
