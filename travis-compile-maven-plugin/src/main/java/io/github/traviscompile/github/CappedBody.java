package io.github.traviscompile.github;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes an answer into memory, unless it is longer than any that GitHub gives. */
final class CappedBody implements BodySubscriber<byte[]> {

    private static final int MOST_BYTES = 8 << 20;

    private final BodySubscriber<byte[]> body = BodySubscribers.ofByteArray();
    private long bytes;
    private Flow.@Nullable Subscription subscription;

    @Override
    public CompletionStage<byte[]> getBody() {
        return body.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        body.onSubscribe(newSubscription);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        bytes += item.stream().mapToLong(ByteBuffer::remaining).sum();
        if (bytes <= MOST_BYTES) {
            body.onNext(item);
        } else if (subscription != null) {
            subscription.cancel();
            body.onError(new IOException("The answer is longer than " + MOST_BYTES + " bytes"));
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.onError(failure);
    }

    @Override
    public void onComplete() {
        body.onComplete();
    }
}
