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
        yield judgeMissing({ stage, connection: name, who, place: place(at) }, project.create, others);
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

interface Missing {
  readonly stage: string;
  readonly connection: string;
  /** What needs it. */
  readonly who: string;
  readonly place: Place;
}

/** What a connection that the stage's bootstrap does not make comes to. `others` are the stages whose bootstrap makes it. */
function judgeMissing({ stage, connection, who, place }: Missing, pipelineMakesProject: boolean, others: readonly string[]): Answer {
  const at = { resource: `stages.${stage}`, place };
  const wanted = {
    ...at,
    expected: `connection ${connection} among those of the project`,
    mend: `add a project.create_connection action for ${connection} to the bootstrap of stage ${stage}`,
  };
  if (pipelineMakesProject)
    return breach({
      ...wanted,
      message: `${who} needs a connection that nothing makes in the new project`,
      got: 'none of that name in its bootstrap',
    });
  if (others.length > 0)
    return breach({
      ...wanted,
      severity: 'warning',
      message: `${who} needs a connection that only another stage makes: ${others.join(', ')}`,
      got: 'not made in this stage',
    });
  return notKnown({
    ...at,
    message: `connection ${connection} of ${who}`,
    reason: 'the pipeline does not make the project; ask the live one',
  });
}
