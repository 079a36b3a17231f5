package io.github.traviscompile.run.report;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Elements and text of a page, escaped by the JDK's own writer. Confined to one thread. */
final class Markup {

    private final StringWriter out = new StringWriter();
    private final XMLStreamWriter writer;

    Markup() {
        try {
            writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("The JDK cannot write XML.", e);
        }
    }

    /** @param attributes names and values in turn */
    Markup open(String element, String... attributes) {
        return write(() -> {
            writer.writeStartElement(element);
            write(attributes);
        });
    }

    /** Writes an element without content: a void one of HTML, or one of SVG. */
    Markup empty(String element, String... attributes) {
        return write(() -> {
            writer.writeEmptyElement(element);
            write(attributes);
        });
    }

    private void write(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            writer.writeAttribute(attributes[i], attributes[i + 1]);
        }
    }

    /** Writes text without the control characters that XML forbids, such as colours in a compiler's message. */
    Markup text(String text) {
        return write(() -> writer.writeCharacters(text.replaceAll("\u001b\\[[0-9;]*m|[^\\t\\n\\r\\x20-\\uFFFD]", "")));
    }

    Markup close() {
        // Empty text prevents the form of an empty element, which HTML reads as an unclosed one.
        return write(() -> {
            writer.writeCharacters("");
            writer.writeEndElement();
        });
    }

    Markup element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    @Override
    public String toString() {
        return out.toString();
    }

    @FunctionalInterface
    private interface Step {
        void run() throws XMLStreamException;
    }

    private Markup write(Step step) {
        try {
            step.run();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Nothing can go wrong in memory.", e);
        }
    }
}
