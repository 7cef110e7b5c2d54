package dev.gatehouse.app.configuration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a key of the configuration means, and what it is where the file does not say. Its name is the component's, in kebab case. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
    /** One or two sentences for the person who sets it. */
    String says();

    /** The default, as it would stand in the file; empty for "not set". Lists are comma-separated. */
    String standard() default "";

    /** Whether an entry of a list must have this key. */
    boolean required() default false;
}
