/** What a file is, by its content: extensions are only a hint of which files of a folder to look into. */

import { InputError, type PlanInput } from '../plan-input.ts';
import { isTemplate, readTemplate, readTemplateText } from './cloudformation.ts';
import { readImageFile } from './image-archive.ts';
import { isManifest, readManifest } from './manifest.ts';
import { placeOf, readHead, readText } from './open-file.ts';
import { readJson } from './read-json.ts';
import { isTerraformPlan, readTerraformPlan } from './terraform-plan.ts';
import { isTerraform } from './terraform-text.ts';

/** Whether a text that cannot be parsed was meant for us. */
const MEANT =
  /"(?:resource_changes|format_version|AWSTemplateFormatVersion)"|AWSTemplateFormatVersion|AWS::[A-Za-z0-9]+::|^applicationName:/m;

/** Reads a file; null where it is something else, which only a file that was named by itself may not be. Throws InputError. */
export async function readFileInput(path: string, named: boolean): Promise<PlanInput | null> {
  const head = readHead(path);
  const archive = archiveKind(head);
  if (archive === 'zip') {
    if (named) throw new InputError(placeOf(path), zipMessage(head));
    return null;
  }
  if (archive !== null) {
    const image = await readImageFile(path, archive === 'gzip');
    if (image === null && named) throw new InputError(placeOf(path), 'expected a container image in the archive, got other files');
    return image;
  }
  if (!named && !mayBeText(head)) return null;
  const text = readText(path);
  try {
    return await readTextInput(path, text, named);
  } catch (error) {
    if (error instanceof InputError && !named && !MEANT.test(text)) return null;
    throw error;
  }
}

async function readTextInput(path: string, text: string, named: boolean): Promise<PlanInput | null> {
  if (/^\s*[[{]/.test(text)) {
    const json = readJson(path, text);
    if (typeof json === 'object' && json !== null && isTerraformPlan(json)) return readTerraformPlan(path, json);
  }
  if (isTerraform(text)) {
    if (!named) return null;
    const { readTerraform } = await import('./terraform-configuration.ts');
    return readTerraform(path, [path]);
  }
  const document = readTemplateText(path, text);
  if (isTemplate(document.value)) return readTemplate(path, document);
  if (isManifest(document.value)) return readManifest(path, document);
  if (!named) return null;
  throw new InputError(
    placeOf(path),
    'expected a Terraform plan as JSON, a CloudFormation template, a SMUS manifest or a Terraform configuration, got something else',
  );
}

/** Terraform's own plan file is a zip. */
const zipMessage = (head: Buffer): string =>
  head.includes('tfplan')
    ? "expected Terraform's plan as JSON, got its binary file; write it so: terraform show -json PLAN > plan.json"
    : 'expected a plan, template or image, got a zip archive';

function archiveKind(head: Buffer): 'gzip' | 'zip' | 'tar' | null {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head.subarray(0, 4).toString('latin1') === 'PK\x03\x04') return 'zip';
  return head.subarray(257, 262).toString('latin1') === 'ustar' ? 'tar' : null;
}

const mayBeText = (head: Buffer): boolean => !head.includes(0);
