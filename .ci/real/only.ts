import { describeOutcomes, runCheck } from './check.ts';
import { openRoom } from './room.ts';

const say = (t: string) => void process.stderr.write(t);
const name = process.argv[2] ?? '';
const [file = '', key = '', at] = name.split('#');
const m = (await import(file))[key];
const check = at === undefined ? m : m[Number(at)];
console.log(describeOutcomes([await runCheck(check, (n) => openRoom(n, say), say)]));
