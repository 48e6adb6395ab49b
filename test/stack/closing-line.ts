import type { Reporter, TestModule } from 'vitest/node'

/** Ends the output of a run with `N passed, N failed`. What failed outside of any test, such as a file that does not load, counts as one. */
export class ClosingLine implements Reporter {
  private passed = 0
  private failed = 0

  onInit(): void {
    process.once('exit', (code) => console.log(`${this.passed} passed, ${this.failed || Number(code !== 0)} failed`))
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state))
    this.passed = states.filter((state) => state === 'passed').length
    this.failed = states.filter((state) => state === 'failed' || state === 'pending').length
    this.failed += errors.length + modules.flatMap((module) => [...module.errors(), ...suiteErrors(module)]).length
  }
}

function suiteErrors(module: TestModule): unknown[] {
  return [...module.children.allSuites()].flatMap((suite) => suite.errors())
}
