/** D-28: the project of a stage lacks the connection or role that the workflow needs. */

import type { ManifestFile } from '../inputs/manifest.ts';
import type { Place } from '../plan-input.ts';
import { type Answer, breach, notKnown, planRule } from '../rule.ts';

/** Every project has these from its profile. */
const OWN = /^(?:default|project)\./;

/** Connections that the stage's bootstrap makes. */
const createdIn = ({ bootstrap }: ManifestFile['stages'][string]): readonly string[] =>
  (bootstrap?.actions ?? [])
    .filter(({ type }) => /^(?:datazone|project)\.create_connection$/.test(type))
    .flatMap((action) => [action['name'], action['connectionName']])
    .filter((name) => typeof name === 'string');

export const stageConnectionsRule = planRule({
  id: 'stage-connections',
  incidents: ['D-28'],
  severity: 'error',
  title: 'the project of every stage has the connections and the role that its deployment needs',
  documentation:
    'A connection that is none of the project’s own (default.…, project.…) must be made by the bootstrap of the stage where the pipeline makes the project. What a project has that the pipeline did not make, only the live project knows: it is listed as not known, and is a warning where the bootstrap of another stage makes the connection, or another stage names a role. Legal: the same connection in a stage whose bootstrap makes it.',
  of: 'manifest',
  *ask({ file, place }) {
    const stages = Object.entries(file.stages);
    const roles = stages.filter(([, { project }]) => project.role !== undefined && project.role !== null).map(([name]) => name);
    for (const [stage, facts] of stages) {
      const { project } = facts;
      const created = createdIn(facts);
      for (const { name, who, at } of neededIn(file, stage)) {
        if (OWN.test(name) || created.includes(name)) continue;
        const others = stages.filter(([, other]) => createdIn(other).includes(name)).map(([other]) => other);
        yield* missing({ stage, name, who, others, create: project.create, place: place(at) });
      }
      if (roles.length > 0 && !roles.includes(stage))
        yield breach({
          resource: `stages.${stage}`,
          place: place(['stages', stage, 'project']),
          severity: 'warning',
          message: `the project ${project.name} is given no role`,
          expected: `a role, as stage ${roles.join(', ')} names one`,
          got: 'none',
          mend: `name project.role of stage ${stage}, or look whether its project has what the workflow needs`,
        });
    }
  },
});

function neededIn(file: ManifestFile, stage: string) {
  const { deployment_configuration: deployment } = file.stages[stage] ?? {};
  const at = (...path: (string | number)[]) => path;
  return [
    ...file.content.workflows.map(({ workflowName, connectionName }, index) => ({
      name: connectionName,
      who: `workflow ${workflowName}`,
      at: at('content', 'workflows', index, 'connectionName'),
    })),
    ...(deployment?.storage ?? []).map(({ name, connectionName }, index) => ({
      name: connectionName,
      who: `storage ${name}`,
      at: at('stages', stage, 'deployment_configuration', 'storage', index, 'connectionName'),
    })),
    ...(deployment?.git ?? []).map(({ connectionName }, index) => ({
      name: connectionName,
      who: 'git',
      at: at('stages', stage, 'deployment_configuration', 'git', index, 'connectionName'),
    })),
  ].flatMap(({ name, ...rest }) => (typeof name === 'string' ? [{ name, ...rest }] : []));
}

function* missing({
  stage,
  name,
  who,
  others,
  create,
  place,
}: {
  stage: string;
  name: string;
  who: string;
  others: readonly string[];
  create: boolean;
  place: Place;
}): Iterable<Answer> {
  const at = { resource: `stages.${stage}`, place };
  if (!create && others.length === 0) {
    yield notKnown({ ...at, message: `connection ${name} of ${who}`, reason: 'the pipeline does not make the project; ask the live one' });
    return;
  }
  yield breach({
    ...at,
    ...(create ? {} : { severity: 'warning' as const }),
    message: `${who} needs a connection that ${create ? 'nothing makes in' : 'only another stage makes:'} ${create ? 'the new project' : others.join(', ')}`,
    expected: `connection ${name} among those of the project`,
    got: create ? 'none of that name in its bootstrap' : 'not made in this stage',
    mend: `add a project.create_connection action for ${name} to the bootstrap of stage ${stage}`,
  });
}
