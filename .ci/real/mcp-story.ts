/** What is asked of quilt-mcp, call by call in this order, and what must be so past it after each. */
import type { StoryCall } from './mcp-stage.ts';
import { adminCalls } from './mcp-story-admin.ts';
import { packageCalls } from './mcp-story-packages.ts';
import { tabulatorCalls } from './mcp-story-tabulator.ts';

/** All calls. */
export const story: readonly StoryCall[] = [...packageCalls, ...adminCalls, ...tabulatorCalls];
