package io.github.traviscompile.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.codehaus.plexus.util.FileUtils;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a {@link HostedScene} in a directory of its own. After the test it asserts that no secret is out. It closes
 * the scene and deletes the directory in every case.
 */
public final class HostedSceneExtension implements ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(HostedSceneExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == HostedScene.class;
    }

    @Override
    public HostedScene resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            Path directory = Files.createTempDirectory("hosted-");
            store(context).put(Path.class, directory);
            HostedScene scene = new HostedScene(directory);
            store(context).put(HostedScene.class, scene);
            return scene;
        } catch (Exception e) {
            throw new ParameterResolutionException("The scene could not be set up.", e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        HostedScene scene = store(context).remove(HostedScene.class, HostedScene.class);
        Path directory = store(context).remove(Path.class, Path.class);
        try (scene) {
            if (scene != null) {
                scene.assertNothingSecretIsOut();
            }
        } finally {
            if (directory != null) {
                FileUtils.deleteDirectory(directory.toFile());
            }
        }
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
