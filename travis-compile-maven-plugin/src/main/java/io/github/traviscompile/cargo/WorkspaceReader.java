package io.github.traviscompile.cargo;

import io.github.traviscompile.platform.ActionNeededException;
import io.github.traviscompile.platform.CrossCompileException;
import io.github.traviscompile.platform.WorkFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** Finds the root and the members of a workspace as Cargo does (The Cargo Book, "Workspaces"). */
final class WorkspaceReader {

    private final Map<Path, Manifest> loaded = new HashMap<>();
    private final Map<Path, CargoPackage> members = new LinkedHashMap<>();
    private final List<Path> roots = new ArrayList<>();

    /** The packages in use, those that are no members too, by their manifest. */
    private final Map<Path, CargoPackage> others = new LinkedHashMap<>();

    private final Manifest current;
    private final Manifest root;

    WorkspaceReader(Path manifestFile) throws CrossCompileException {
        current = load(manifestFile);
        if (!current.isPackage() && !current.isWorkspaceRoot()) {
            throw new ActionNeededException("The manifest " + manifestFile + " has neither [package] nor [workspace]."
                    + " Point <cargoProject> (-Dtravis-compile.cargoProject) to a Cargo project.");
        }
        Optional<Path> rootFile = rootOf(current);
        root = rootFile.isPresent() ? load(rootFile.get()) : current;
        if (rootFile.isPresent() && !root.isWorkspaceRoot()) {
            throw new ActionNeededException("The manifest " + current.file() + " names " + root.file()
                    + " as the root of its workspace, which has no [workspace]. Correct 'package.workspace'.");
        }
        readMembers();
    }

    Manifest root() {
        return root;
    }

    Map<Path, CargoPackage> members() {
        return members;
    }

    /** The local packages that members use and that are no members themselves. */
    Map<Path, CargoPackage> others() {
        return others;
    }

    private Manifest load(Path file) throws CrossCompileException {
        Manifest known = loaded.get(file);
        if (known != null) {
            return known;
        }
        Manifest manifest = new Manifest(file, TomlDocument.read(file));
        loaded.put(file, manifest);
        return manifest;
    }

    /** The root manifest that {@code manifest} belongs to; empty for a package on its own. */
    private Optional<Path> rootOf(Manifest manifest) throws CrossCompileException {
        Optional<Path> found = rootAccordingTo(manifest, manifest.file());
        Path directory = manifest.directory().getParent();
        while (found.isEmpty() && directory != null && !directory.endsWith(Path.of("target", "package"))) {
            Path candidate = directory.resolve(Manifest.NAME);
            if (Files.exists(candidate)) {
                found = rootAccordingTo(load(candidate), manifest.file());
            }
            directory = directory.getParent();
        }
        return found;
    }

    private static Optional<Path> rootAccordingTo(Manifest candidate, Path seenFrom) throws ActionNeededException {
        if (candidate.isWorkspaceRoot()) {
            return candidate.excludes(seenFrom) ? Optional.empty() : Optional.of(candidate.file());
        }
        return candidate.rootPointer();
    }

    private void readMembers() throws CrossCompileException {
        if (root.isWorkspaceRoot()) {
            for (Path directory : directories("members")) {
                addMember(directory.resolve(Manifest.NAME), "the workspace " + root.file());
            }
        }
        addMember(root.file(), "the workspace " + root.file());
        validate();
    }

    private void addMember(Path file, String namedBy) throws CrossCompileException {
        if (members.containsKey(file) || roots.contains(file) || (root.isWorkspaceRoot() && root.excludes(file))) {
            return;
        }
        Manifest manifest = loadNamed(file, namedBy);
        if (manifest.isWorkspaceRoot()) {
            roots.add(file);
        }
        if (!manifest.isPackage()) {
            return;
        }
        CargoPackage member = new PackageReader(manifest, workspace()).read();
        members.put(file, member);
        for (CargoDependency dependency : member.dependencies()) {
            if (dependency.directory().isPresent()) {
                addDependency(dependency.directory().get().resolve(Manifest.NAME), dependency.key(), file);
            }
        }
    }

    /** A path dependency below the root is a member; so is one elsewhere that says it belongs to this workspace. */
    private void addDependency(Path file, String key, Path namedIn) throws CrossCompileException {
        String namedBy = "the dependency '" + key + "' of " + namedIn;
        Manifest manifest = loadNamed(file, namedBy);
        boolean belongs = root.isWorkspaceRoot()
                && (file.startsWith(root.directory()) || rootOf(manifest).equals(Optional.of(root.file())));
        if (belongs && !root.excludes(file)) {
            addMember(file, namedBy);
        } else if (!members.containsKey(file) && !others.containsKey(file) && manifest.isPackage()) {
            addOther(manifest);
        }
    }

    private void addOther(Manifest manifest) throws CrossCompileException {
        Optional<Path> itsRoot = rootOf(manifest);
        Optional<Manifest> itsWorkspace = itsRoot.isPresent() ? Optional.of(load(itsRoot.get())) : Optional.empty();
        CargoPackage other = new PackageReader(manifest, itsWorkspace).read();
        others.put(manifest.file(), other);
        for (CargoDependency dependency : other.dependencies()) {
            // What a package out there needs for its own tests is not needed here.
            if (dependency.directory().isPresent() && dependency.kind() != CargoDependency.Kind.DEVELOPMENT) {
                addDependencyOfOther(dependency, manifest.file());
            }
        }
    }

    private void addDependencyOfOther(CargoDependency dependency, Path namedIn) throws CrossCompileException {
        Path file = dependency.directory().orElseThrow().resolve(Manifest.NAME);
        if (!members.containsKey(file) && !others.containsKey(file)) {
            addOther(loadNamed(file, "the dependency '" + dependency.key() + "' of " + namedIn));
        }
    }

    private Manifest loadNamed(Path file, String namedBy) throws CrossCompileException {
        if (!Files.isRegularFile(file)) {
            throw new ActionNeededException("There is no " + file + ", which " + namedBy
                    + " names. Cargo cannot build without it: add the package, or correct the manifest.");
        }
        return load(file);
    }

    private Optional<Manifest> workspace() {
        return root.isWorkspaceRoot() ? Optional.of(root) : Optional.empty();
    }

    /** The directories that {@code workspace.members} or {@code workspace.default-members} means. */
    private List<Path> directories(String key) throws CrossCompileException {
        List<Path> directories = new ArrayList<>();
        for (String glob : root.workspace().strings(key).orElse(List.of())) {
            List<Path> expanded = expand(glob);
            if (expanded.isEmpty()) {
                directories.add(
                        MemberGlob.isPattern(glob)
                                ? noMatch(key, glob)
                                : root.workspace().resolve(key, glob));
            }
            expanded.stream().filter(Files::isDirectory).forEach(directories::add);
        }
        return directories;
    }

    private Path noMatch(String key, String glob) throws ActionNeededException {
        throw new ActionNeededException("The pattern '" + glob + "' of 'workspace." + key + "' in " + root.file()
                + " matches nothing, which Cargo refuses. Correct the pattern, or remove it.");
    }

    private List<Path> expand(String glob) throws CrossCompileException {
        try {
            return MemberGlob.expand(root.directory(), glob);
        } catch (PatternSyntaxException e) {
            throw new ActionNeededException(
                    "The pattern '" + glob + "' in [workspace] of " + root.file() + " is wrong: " + e.getDescription()
                            + ". Correct it.",
                    e);
        } catch (IOException e) {
            throw new WorkFailedException(
                    "Could not look for the members '" + glob + "' below " + root.directory() + ": " + e
                            + ". Check that it is readable.",
                    e);
        }
    }

    private void validate() throws CrossCompileException {
        if (roots.size() > 1) {
            throw new ActionNeededException("The workspace " + root.file() + " holds another workspace, "
                    + (roots.get(0).equals(root.file()) ? roots.get(1) : roots.get(0))
                    + ", which Cargo refuses. Name it in 'workspace.exclude', or remove its [workspace].");
        }
        Map<String, Path> files = new HashMap<>();
        for (Map.Entry<Path, CargoPackage> member : members.entrySet()) {
            Path other = files.put(member.getValue().name(), member.getKey());
            if (other != null) {
                throw new ActionNeededException("Two packages of the workspace " + root.file() + " are called '"
                        + member.getValue().name() + "': " + other + " and " + member.getKey() + ". Rename one.");
            }
            if (root.isWorkspaceRoot() && !rootOf(load(member.getKey())).equals(Optional.of(root.file()))) {
                throw new ActionNeededException("The package " + member.getKey() + " is a member of the workspace "
                        + root.file() + ", but belongs to another or none. Set its 'package.workspace'.");
            }
        }
        if (!members.containsKey(current.file()) && !current.equals(root)) {
            throw new ActionNeededException("The package " + current.file() + " lies in the workspace " + root.file()
                    + " without being a member of it. Add it to 'workspace.members' or to 'workspace.exclude'.");
        }
    }

    /** What Cargo builds when nobody names a package: sorted names. */
    List<String> defaultPackages() throws CrossCompileException {
        List<Path> files = new ArrayList<>(members.keySet());
        if (!current.equals(root)) {
            files = List.of(current.file());
        } else if (root.isWorkspaceRoot() && root.workspace().has("default-members")) {
            files = defaultMembers();
        } else if (root.isPackage()) {
            files = List.of(root.file());
        }
        return files.stream()
                .flatMap(file -> Optional.ofNullable(members.get(file)).stream())
                .map(CargoPackage::name)
                .sorted()
                .distinct()
                .toList();
    }

    /** Whether Cargo builds all members only because nothing says which. */
    boolean isUndecided() throws ActionNeededException {
        return current.equals(root) && !root.isPackage() && !root.workspace().has("default-members");
    }

    private List<Path> defaultMembers() throws CrossCompileException {
        List<Path> files = new ArrayList<>();
        for (Path directory : directories("default-members")) {
            Path file = directory.resolve(Manifest.NAME);
            if (members.containsKey(file)) {
                files.add(file);
            } else if (!root.excludes(file)) {
                throw new ActionNeededException("'workspace.default-members' in " + root.file() + " names " + directory
                        + ", which is no member. Add it to 'workspace.members', or remove it there.");
            }
        }
        return files;
    }
}
