package io.github.traviscompile.cargo;

import io.github.traviscompile.model.ActionNeededException;
import io.github.traviscompile.model.CrossCompileException;
import io.github.traviscompile.model.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/** Finds the members of the workspace of a manifest, as Cargo does (The Cargo Book, "Workspaces"). */
final class WorkspaceReader {

    private final Manifests manifests = new Manifests();
    private final Map<Path, CargoPackage> members = new LinkedHashMap<>();
    private final Map<Path, CargoPackage> others = new LinkedHashMap<>();
    private final List<Path> roots = new ArrayList<>();
    private final Manifest current;
    private final Manifest root;

    private WorkspaceReader(Path manifestFile) throws CrossCompileException {
        current = manifests.load(manifestFile);
        if (!current.isPackage() && !current.isWorkspaceRoot()) {
            throw new ActionNeededException("The manifest " + manifestFile + " has neither [package] nor [workspace]."
                    + " Point " + Parameter.CARGO_PROJECT + " to a Cargo project.");
        }
        Optional<Path> rootFile = manifests.rootOf(current);
        root = rootFile.isPresent()
                ? manifests.load(rootFile.get(), "'package.workspace' for " + manifestFile)
                : current;
        if (rootFile.isPresent() && !root.isWorkspaceRoot()) {
            throw new ActionNeededException("The manifest " + current.file() + " names " + root.file()
                    + " as the root of its workspace, which has no [workspace]. Correct 'package.workspace'.");
        }
    }

    static WorkspaceReader read(Path manifestFile) throws CrossCompileException {
        WorkspaceReader reader = new WorkspaceReader(manifestFile);
        reader.addMembers();
        reader.validate();
        return reader;
    }

    Manifest root() {
        return root;
    }

    /** Returns the members by their manifests. */
    Map<Path, CargoPackage> members() {
        return members;
    }

    /** Returns the path dependencies of members that are not members, by their manifests. */
    Map<Path, CargoPackage> others() {
        return others;
    }

    /** Returns the names of the packages that Cargo builds by default, sorted. */
    List<String> defaultPackages() throws CrossCompileException {
        List<Path> files = new ArrayList<>(members.keySet());
        if (!current.equals(root)) {
            files = List.of(current.file());
        } else if (root.workspace().has("default-members")) {
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

    /** Whether Cargo builds all members only for want of a choice. */
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
                        + ", which is not a member. Add it to 'workspace.members', or remove it there.");
            }
        }
        return files;
    }

    private void addMembers() throws CrossCompileException {
        for (Path directory : directories("members")) {
            addMember(directory.resolve(Manifest.NAME), "the workspace " + root.file());
        }
        addMember(root.file(), "the workspace " + root.file());
    }

    private void addMember(Path file, String namedBy) throws CrossCompileException {
        boolean known = members.containsKey(file) || roots.contains(file);
        if (known || root.excludes(file)) {
            return;
        }
        Manifest manifest = manifests.load(file, namedBy);
        if (manifest.isWorkspaceRoot()) {
            roots.add(file);
        }
        if (manifest.isPackage()) {
            Optional<Manifest> workspace = root.isWorkspaceRoot() ? Optional.of(root) : Optional.empty();
            CargoPackage member = new PackageReader(manifest, workspace).read();
            members.put(file, member);
            for (CargoDependency dependency : member.dependencies()) {
                if (dependency.directory().isPresent()) {
                    addDependency(dependency.directory().get().resolve(Manifest.NAME), dependency.key(), file);
                }
            }
        }
    }

    /** A path dependency below the root is a member; so is one elsewhere whose manifest points to this workspace. */
    private void addDependency(Path file, String key, Path namedIn) throws CrossCompileException {
        String namedBy = "the dependency '" + key + "' of " + namedIn;
        Manifest manifest = manifests.load(file, namedBy);
        boolean belongs = root.isWorkspaceRoot()
                && (file.startsWith(root.directory())
                        || manifests.rootOf(manifest).equals(Optional.of(root.file())));
        if (belongs && !root.excludes(file)) {
            addMember(file, namedBy);
        } else {
            addOther(manifest);
        }
    }

    private void addOther(Manifest manifest) throws CrossCompileException {
        if (members.containsKey(manifest.file()) || others.containsKey(manifest.file()) || !manifest.isPackage()) {
            return;
        }
        Optional<Path> itsRoot = manifests.rootOf(manifest);
        Optional<Manifest> workspace = itsRoot.isPresent()
                ? Optional.of(manifests.load(itsRoot.get(), "'package.workspace' for " + manifest.file()))
                : Optional.empty();
        CargoPackage other = new PackageReader(manifest, workspace).read();
        others.put(manifest.file(), other);
        for (CargoDependency dependency : other.dependencies()) {
            // Development dependencies of such a package are not needed here.
            if (dependency.directory().isPresent() && dependency.kind() != CargoDependency.Kind.DEVELOPMENT) {
                addOther(manifests.load(
                        dependency.directory().get().resolve(Manifest.NAME),
                        "the dependency '" + dependency.key() + "' of " + manifest.file()));
            }
        }
    }

    /** Returns the directories that {@code workspace.members} or {@code workspace.default-members} lists. */
    private List<Path> directories(String key) throws CrossCompileException {
        List<Path> directories = new ArrayList<>();
        for (String glob : root.workspace().strings(key).orElse(List.of())) {
            List<Path> expanded = expand(key, glob);
            if (expanded.isEmpty() && MemberGlob.isPattern(glob)) {
                throw new ActionNeededException("The pattern '" + glob + "' of 'workspace." + key + "' in "
                        + root.file() + " matches nothing, which Cargo refuses. Correct the pattern, or remove it.");
            }
            if (expanded.isEmpty()) {
                directories.add(root.workspace().resolve(key, glob));
            }
            expanded.stream().filter(Files::isDirectory).forEach(directories::add);
        }
        return directories;
    }

    private List<Path> expand(String key, String glob) throws CrossCompileException {
        try {
            return MemberGlob.expand(root.directory(), glob);
        } catch (PatternSyntaxException e) {
            throw new ActionNeededException(
                    "The pattern '" + glob + "' of 'workspace." + key + "' in " + root.file() + " has "
                            + e.getDescription() + ". Correct it.",
                    e);
        }
    }

    private void validate() throws CrossCompileException {
        if (roots.size() > 1) {
            throw new ActionNeededException("The workspace " + root.file() + " contains another workspace, "
                    + (roots.get(0).equals(root.file()) ? roots.get(1) : roots.get(0))
                    + ", which Cargo refuses. Name it in 'workspace.exclude', or remove its [workspace].");
        }
        if (members.isEmpty()) {
            throw new ActionNeededException("The workspace " + root.file()
                    + " has no members, so there is nothing to build. Name some in 'workspace.members'.");
        }
        if (!members.containsKey(current.file()) && !current.equals(root)) {
            throw new ActionNeededException("The package " + current.file() + " is in the workspace " + root.file()
                    + " but is not a member of it. Add it to 'workspace.members' or to 'workspace.exclude'.");
        }
        Map<String, Path> files = new HashMap<>();
        for (Map.Entry<Path, CargoPackage> member : members.entrySet()) {
            String name = member.getValue().name();
            Path other = files.put(name, member.getKey());
            if (other != null) {
                throw new ActionNeededException("Two packages of the workspace " + root.file() + " are called '" + name
                        + "': " + other + " and " + member.getKey() + ". Rename one.");
            }
            requireThisRoot(member.getKey());
        }
    }

    private void requireThisRoot(Path member) throws CrossCompileException {
        boolean belongs = manifests.rootOf(manifests.load(member)).equals(Optional.of(root.file()));
        if (root.isWorkspaceRoot() && !belongs) {
            throw new ActionNeededException("The package " + member + " is a member of the workspace " + root.file()
                    + ", but belongs to another or none. Set its 'package.workspace'.");
        }
    }
}
