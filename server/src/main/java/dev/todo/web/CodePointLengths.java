package dev.todo.web;

import jakarta.validation.Configuration;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Size;
import java.util.Collection;
import org.hibernate.validator.HibernateValidatorConfiguration;
import org.hibernate.validator.cfg.ConstraintMapping;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.validation.autoconfigure.ValidationConfigurationCustomizer;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes {@code @Size} count a text as the contract does, in code points: Hibernate counts UTF-16 units. */
@Component
class CodePointLengths implements ValidationConfigurationCustomizer {
    @Override
    public void customize(Configuration<?> configuration) {
        HibernateValidatorConfiguration hibernate = (HibernateValidatorConfiguration) configuration;
        ConstraintMapping mapping = hibernate.createConstraintMapping();
        // All of Hibernate's own go, since two for one type clash: what the contract bounds is a text, a list or a
        // file.
        mapping.constraintDefinition(Size.class)
                .includeExistingValidators(false)
                .validatedBy(OfText.class)
                .validatedBy(OfCollection.class)
                .validatedBy(OfFile.class);
        hibernate.addMapping(mapping);
    }

    private abstract static class Bounds<T> implements ConstraintValidator<Size, T> {
        private int least;
        private int most;

        @Override
        public void initialize(Size size) {
            least = size.min();
            most = size.max();
        }

        @Override
        public boolean isValid(@Nullable T value, ConstraintValidatorContext context) {
            return value == null || (count(value) >= least && count(value) <= most);
        }

        abstract long count(T value);
    }

    static final class OfText extends Bounds<CharSequence> {
        @Override
        long count(CharSequence text) {
            return text.codePoints().count();
        }
    }

    static final class OfCollection extends Bounds<Collection<?>> {
        @Override
        long count(Collection<?> items) {
            return items.size();
        }
    }

    /** A body that is not there yet is none to be measured; {@link FileBody} does that while it comes. */
    static final class OfFile implements ConstraintValidator<Size, Mono<Resource>> {
        @Override
        public boolean isValid(@Nullable Mono<Resource> body, ConstraintValidatorContext context) {
            return true;
        }
    }
}
