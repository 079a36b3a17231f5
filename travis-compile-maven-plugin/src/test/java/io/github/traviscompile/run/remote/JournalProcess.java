package io.github.traviscompile.run.remote;

import io.github.traviscompile.JavaProcess;
import io.github.traviscompile.git.BranchName;
import io.github.traviscompile.model.CommitId;
import io.github.traviscompile.model.RepositoryName;
import io.github.traviscompile.model.RunId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A separate process that holds a journal until it is killed, or lists the existing ones. */
final class JournalProcess {

    private JournalProcess() {}

    static Process start(Path cache, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(cache.toString()));
        words.addAll(List.of(arguments));
        return JavaProcess.of(JournalProcess.class, List.of(), words)
                .redirectErrorStream(true)
                .start();
    }

    public static void main(String[] args) throws Exception {
        Path cache = Path.of(args[0]);
        if (args[1].equals("look")) {
            try (RunJournals journals = RunJournals.look(cache, record -> true)) {
                System.out.println("living " + journals.living() + " dead "
                        + journals.dead().size());
            }
            return;
        }
        RunJournal journal = RunJournal.begin(
                cache,
                new RunId(args[2]),
                RepositoryName.parse(args[3], URI.create("https://github.com")),
                URI.create(args[4]));
        journal.pushing(BranchName.parse(args[5]).orElseThrow(), new CommitId(args[6]));
        System.out.println("!");
        System.in.read();
        journal.close();
    }
}
