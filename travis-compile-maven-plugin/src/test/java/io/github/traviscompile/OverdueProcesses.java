package io.github.traviscompile;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.PreInterruptCallback;
import org.junit.jupiter.api.extension.PreInterruptContext;

/**
 * Ends the processes of a test whose time is over. A test that reads the output of a process cannot be interrupted, but
 * the output ends with the process. A JVM runs one test at a time, so all processes that it started are that test's.
 */
public final class OverdueProcesses implements PreInterruptCallback {

    @Override
    public void beforeThreadInterrupt(PreInterruptContext overdue, ExtensionContext context) {
        end();
    }

    static void end() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
