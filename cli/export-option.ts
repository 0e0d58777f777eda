/** The option of commands that print what a case sent. Not among the others, since what it names loads much. */
import { Option } from 'commander';
import { EXPORTS } from '../suites/repro/export-repro.ts';

export const exportOption = () =>
  new Option('--export <form>', 'print the requests instead, secrets as variables').choices(Object.keys(EXPORTS));
