/** allure-vitest's reporter, which writes every result when the whole run ends, made to write each file's when that file ends. */
import AllureVitestReporter from 'allure-vitest/reporter';
import type { TestModule } from 'vitest/node';
import { allureReporterOptions } from './allure-in-vitest.ts';

/**
 * The reporter of a run. Its writer flushes each file to the disk, some 1.5 s for 1,600 results; file by file that goes on beside the cases,
 * a killed run leaves what it had, and what a test said of its case is let go when it is written.
 */
export class AllureReporter extends AllureVitestReporter {
  constructor(resultsDir: string) {
    super(allureReporterOptions(resultsDir));
  }

  onTestModuleEnd(module: TestModule): void {
    super.onTestRunEnd([module]);
    for (const test of module.children.allTests()) {
      Reflect.deleteProperty(test.meta(), 'allureRuntimeMessages');
    }
  }

  override onTestRunEnd(): void {}
}
